"""A digital worker whose answers are scored and watched for drift (document 003)."""
