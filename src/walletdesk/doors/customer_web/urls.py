"""Addresses."""
urlpatterns: list = []
