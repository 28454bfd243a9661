"""What an objective's rules do over hours and days, against the theory."""
