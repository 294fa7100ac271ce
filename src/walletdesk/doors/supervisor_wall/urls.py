"""Addresses of the wall and the pages behind it, all under ``/wall/``."""

from django.urls import path

from walletdesk.doors.supervisor_wall import listen_pages, menu_pages, planner_page, report_page, wall_page
from walletdesk.doors.supervisor_wall.prompt_pages import prompt_routes

urlpatterns = [
    path("", wall_page.wall, name="wall"),
    path("part/<str:name>/", wall_page.part, name="wall-part"),
    path("report/", report_page.report_page, name="wall-report"),
    path("planner/", planner_page.planner_page, name="wall-planner"),
    path("planner/save/", planner_page.save, name="wall-save-plan"),
    path("menu/", menu_pages.menu, name="wall-menu"),
    path("menu/<int:number>/", menu_pages.version, name="wall-menu-version"),
    path("menu/<int:number>/draft/", menu_pages.draft, name="wall-menu-draft"),
    path("menu/<int:number>/publish/", menu_pages.publish, name="wall-menu-publish"),
    path("listen/<uuid:call_id>/", listen_pages.listen, name="wall-listen"),
    path("listen/<uuid:call_id>/wish/", listen_pages.wish, name="wall-listen-wish"),
    *prompt_routes,
]
