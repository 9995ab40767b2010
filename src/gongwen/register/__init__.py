"""The register 发文登记: many drafts side by side, without the drafts.

An `Entry` is what it knows of one draft; rules compare entries, and rows of them are written as a table.
"""
