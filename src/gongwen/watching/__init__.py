"""Drafts made again as soon as they are saved, in a process that stays warm, and their pages in a browser.

`changes.py` hears of changes, `inputs.py` knows what a draft was made from, `session.py` does the work in its order. For the browser
`preview.py` has the pages, `board.py` what there is to see, `server.py` hands it out.
"""
