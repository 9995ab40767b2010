"""The language server `gongwen lsp`: what an editor shows of a draft while it is typed.

- `positions`: lines and columns of the protocol ↔ offsets in a text
- `documents`: the texts that are open in the editor, and which of them are drafts
- `findings`: diagnostics of ours → diagnostics of the protocol, file by file
- `place`: where in a draft the cursor is, also while the YAML is broken
- `vocabulary`: which keys and values may stand at a place, from the schemas
- `hover`, `completion`, `actions`, `outline`, `folding`: one feature each
- `server`: the messages
- `guard`: the end of a server whose editor is gone
"""
