"""Bringing numbers in from files, and out again, in long form.

tables      a file as sheets of cells with their places
columns     which column holds what
values      one cell as a number or a mark
lookups     names in files as rows of our tables
entries     a sheet as readings and refusals
difference  readings against what was known: new, changed, unchanged, suspicious
vintages    what is stored: known on a day, current, and the appending of more
long_form   observations as rows of a file
resources   all of it behind django-import-export, the front door
"""
