"""What people see: one module, one page."""
