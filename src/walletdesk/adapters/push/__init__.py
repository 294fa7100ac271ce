"""The push services of browsers behind ``service.notifications.ports.PushService``: Web Push with VAPID."""
