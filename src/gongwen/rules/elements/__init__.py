"""Rules of the elements 要素 of a draft, from the head to the imprint."""

from typing import Final

from gongwen.rules.elements import (
    attachments,
    body,
    dated,
    enclosures,
    figures,
    header,
    headings,
    imprint,
    organs,
    recipients,
    regulation,
    seals,
    signature,
    tables,
    title,
)

MODULES: Final = (
    attachments,
    body,
    dated,
    enclosures,
    figures,
    header,
    headings,
    imprint,
    organs,
    recipients,
    regulation,
    seals,
    signature,
    tables,
    title,
)
