"""Drawings of numbers: pure functions from finished values and finished words to SVG, and to a Plotly figure.

No queries, no translation, no clock. Each drawing comes in the widths the style sheet chooses among.
"""
