"""What is looked at, a module each: a heading in docs/doctor.md.

A check is called with the visit and its section of the report, in which it notes what it finds, what it looked at, and
what it could not look at.
"""
