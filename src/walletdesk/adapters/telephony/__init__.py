"""Telephones behind ``service.hotline.ports.MediaGateway``: signalling (SIP, browsers) and the media engine beneath both."""
