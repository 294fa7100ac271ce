"""Once, when all rooms are loaded: routes of facts and adapters behind ports."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "walletdesk.project.project_app"
    label = "project"

    def ready(self) -> None:
        from walletdesk.project import event_routes, ports

        ports.join()
        event_routes.declare()
