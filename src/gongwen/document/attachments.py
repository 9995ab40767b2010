"""附件 (clauses 7.3.4, 7.3.7)."""

from __future__ import annotations

from pydantic import Field

from gongwen.document.blocks import Block
from gongwen.document.fields import Model, Text


class Attachment(Model):
    """附件: listed at the end of the body, and set on pages of its own (clauses 7.3.4, 7.3.7)."""

    title: Text = Field(alias="标题", description="附件名称，不加书名号，末尾不带标点；与附件首页的标题一致。")
    body: tuple[Block, ...] = Field(alias="正文", min_length=1, description="附件正文，写法同公文正文。")
