"""Twiza: one folder per domain, imports in one direction (CONTRIBUTING.md)."""
