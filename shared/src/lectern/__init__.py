"""Lectern: teaching certificates in Missouri, from application to decision."""
