"""Model servers with GPUs of their own (document 001)."""
