"""A post office to practise on: takes text messages and mail, sends nothing anywhere, and shows what came.

A process of its own with its own storage. It knows nothing of wallets; whoever runs a demo reads here what would have
arrived on a telephone or in a mailbox. Mail comes by SMTP on a port of its own. Text messages come in three dialects::

    POST /texts                                            {"reference", "to", "text"}: its own
    GET  /texts/{id}                                       where it is: queued, delivered, lost
    POST /2010-04-01/Accounts/{account}/Messages.json      as Twilio takes them, GET …/Messages/{sid}.json
    POST /?Action…                                         as Alibaba Cloud takes them (SendSms, QuerySendDetails), signed

    GET  /                                                 what came, for people
    GET  /received?to=…                                    the same as JSON, the latest first
    GET  /faults, POST, DELETE                             what goes wrong on purpose
    GET  /health

Run it with ``python -m walletdesk_sandbox.sms --port 8022 --smtp-port 8025 --data post.sqlite3``. It is for this machine:
it listens on the loopback, answers to that name only, and everybody who can reach it reads everything.
"""
