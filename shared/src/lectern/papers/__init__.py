"""What people take away on paper: PDF documents, tagged for those who have them read aloud (PDF/UA-1)."""

from lectern.papers.certificate import ON_PAPER, CertificatePaper, holders_page
from lectern.papers.letter import Letter, LetterPaper
from lectern.papers.press import Press

__all__ = ["ON_PAPER", "CertificatePaper", "Letter", "LetterPaper", "Press", "holders_page"]
