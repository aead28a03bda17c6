"""The rules of easy read: one idea a row, short sentences. Pure; knows words alone.

Source: GOV.UK's guidance on accessible formats: sentences of 10 to 15 words.
"""
