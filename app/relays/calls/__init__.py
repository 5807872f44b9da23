"""Grouped calls — *appels groupés · نداءات مشتركة*: needs of several communes in one sector, presented together."""
