"""What touches the inside of a stranger's file. No Django, no database, no settings: it runs in a process of its own
with little time and memory (evidence/kotak.py), and what it may use up comes in as arguments.
"""
