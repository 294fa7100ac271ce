"""Providers of text messages behind ``service.notifications.ports.SmsProvider``.

    sandbox          the practice provider of the demo (``walletdesk_sandbox.sms``); spoken to in this house every day
    twilio-style     written after Twilio's REST interface (Messages resource, 2010-04-01), tried against the practice provider
    aliyun-style     written after Alibaba Cloud's Dysmsapi (2017-05-25) with its signature ACS3-HMAC-SHA256, tried likewise

One contract suite holds for all three (``tests/contracts/test_sms.py``).
"""
