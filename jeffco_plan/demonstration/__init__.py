"""The demonstration: real plans and figures from fixtures/, brought in as people would have entered them, day by day.

Facts are appended with the day on which they were known, oldest first, so that every earlier day is alive.
Each part is one transaction and is skipped once it is there: an interrupted load goes on where it stopped.
"""
