"""The attacker: a program of its own that reads released tables and works out what it can.

It runs in its own process with another solver, and shares nothing with the protector but the
table format. It knows the rules of the release, every edition, and the logic of the dimensions.
"""
