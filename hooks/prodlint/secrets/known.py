"""Values that are public: by the beginnings of their SHA-256, so that no scanner finds them here."""

_BEGINNINGS = """
    0011cc25eb432071 0b476bdf9acf2123 1a5d44a2dca19669 2037abcaffb2b777 27a9a42931dff7eb
    2cafc0970149a84f 2d1f7723aabc5c7a 37f8f09bdf12c2f2 3a8b61d0f636b007 3f370c9dd8225c63
    49f777db995e8260 4c98242dcadc8b29 74170575123fcbfc 78314b11be2e5815 7ed05ad97a6dd56b
    8731261cb72d8626 a19f89ab3555eac1 a6c814bc555ae62c aa6547439583c3a2 c6ea27c534f993d3
    dc0fcf046c61640c e21b597ba6b9cafa e4a5542bb7fd7b67 ea9bb1082cf95663 eb540d2b6ee2a0a4
    f2d6ca16515033e5 f3c3964ca854e172 f56e323494a6ffc2 f7026ba153dc0b7d
"""
KNOWN = frozenset(_BEGINNINGS.split())
