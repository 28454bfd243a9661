"""How a service counts its catalog."""
