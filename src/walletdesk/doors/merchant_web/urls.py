"""Addresses of the till, all under ``/till/``."""

from django.urls import path

from walletdesk.doors.merchant_web import attached_files, case_pages, order_pages, shop_pages, takings_page, till_page

urlpatterns = [
    path("", till_page.cashier, name="till"),
    path("today/", till_page.today_part, name="till-today"),
    path("sign-up/", shop_pages.sign_up, name="till-sign-up"),
    path("orders/<uuid:order_id>/", order_pages.order_page, name="till-order"),
    path("orders/<uuid:order_id>/state/", order_pages.state_part, name="till-order-state"),
    path("orders/<uuid:order_id>/again/", order_pages.again, name="till-again"),
    path("orders/<uuid:order_id>/cancel/", order_pages.cancel, name="till-cancel"),
    path("takings/", takings_page.takings_page, name="till-takings"),
    path("cases/", case_pages.cases, name="till-cases"),
    path("cases/<str:reference>/", case_pages.case_page, name="till-case"),
    path("cases/<str:reference>/files/<uuid:attachment_id>/", attached_files.send, name="till-file"),
    path("shop/", shop_pages.shop, name="till-shop"),
]
