"""An Alertmanager webhook that repairs what it can: dry until it is told otherwise, seldom, and never in silence."""
