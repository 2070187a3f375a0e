"""Paper: the placed tree as a vector PDF with bleed and crop marks, documents of many pages, imposed sheets.

    template.pages + data → pages (pages.py) → laid out → sheets (paper.py) → PDF (document.py, dress.py) + preview

``canvas.py`` is the canvas that carries grounds and photos on into the bleed; all else is drawn as on a screen.
"""
