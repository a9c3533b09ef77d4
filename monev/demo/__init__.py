"""A demo office on the real plan: invented people by role, and a year of work that never happened."""
