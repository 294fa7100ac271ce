"""Addresses of the till, all under ``/till/``."""

from django.urls import path

from walletdesk.doors.merchant_web import (
    attached_files,
    case_pages,
    key_pages,
    notice_pages,
    order_pages,
    request_pages,
    shop_pages,
    takings_page,
    till_page,
    webhook_pages,
)

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
    path("notices/", notice_pages.inbox, name="till-notices"),
    path("notices/read/", notice_pages.read_all, name="till-notices-read"),
    path("shop/", shop_pages.shop, name="till-shop"),
    path("keys/", key_pages.keys, name="till-keys"),
    path("keys/new/", key_pages.new_key, name="till-key-new"),
    path("keys/<uuid:key_id>/", key_pages.key_page, name="till-key"),
    path("keys/<uuid:key_id>/revoke/", key_pages.revoke, name="till-key-revoke"),
    path("webhooks/", webhook_pages.webhooks, name="till-webhooks"),
    path("webhooks/new/", webhook_pages.new_webhook, name="till-webhook-new"),
    path("webhooks/<uuid:endpoint_id>/", webhook_pages.webhook_page, name="till-webhook"),
    path("webhooks/<uuid:endpoint_id>/rotate/", webhook_pages.rotate, name="till-webhook-rotate"),
    path("webhooks/<uuid:endpoint_id>/test/", webhook_pages.test, name="till-webhook-test"),
    path("webhooks/<uuid:endpoint_id>/switch/", webhook_pages.switch, name="till-webhook-switch"),
    path("webhooks/<uuid:endpoint_id>/remove/", webhook_pages.remove, name="till-webhook-remove"),
    path("webhook-deliveries/<uuid:delivery_id>/", webhook_pages.delivery_page, name="till-webhook-delivery"),
    path("webhook-deliveries/<uuid:delivery_id>/again/", webhook_pages.again, name="till-webhook-again"),
    path("requests/", request_pages.requests, name="till-requests"),
    path("requests/<uuid:request_id>/", request_pages.request_page, name="till-request"),
    path("requests/<uuid:request_id>/again/", request_pages.again, name="till-request-again"),
]
