"""What people take away on paper: PDF documents, tagged for those who have them read aloud (PDF/UA-1)."""

from lectern.papers.certificate import CertificatePaper, NotOnPaper, on_paper
from lectern.papers.press import Press

__all__ = ["CertificatePaper", "NotOnPaper", "Press", "on_paper"]
