"""Editions of the directory, and the one that a fresh house starts with: numbers and names that nobody owns, to be replaced
by the operator's own.
"""

from datetime import UTC, date, datetime, timedelta

from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.schema.public import RoomMigration, sql_files

PUBLISHED = datetime(2025, 12, 1, tzinfo=UTC)
SOURCE = "Walletdesk 0.1 example directory, 2026-11-22; fictitious numbers and .example names"
STATE_COUNCIL = "国务院办公厅关于2026年部分节假日安排的通知, 2025-11-04"

MON_FRI, SAT_SUN, HOLIDAY, MAKE_UP = range(5), (5, 6), (7,), (8,)


def at(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def week(working, weekend=(), holiday=()):
    """Rows (day, opens, closes): working days and make-up days, weekends, public holidays."""
    plan = {**dict.fromkeys([*MON_FRI, *MAKE_UP], working), **dict.fromkeys(SAT_SUN, weekend), 7: holiday}
    return [(day, at(opens), at(closes)) for day, pair in plan.items() if pair for opens, closes in [pair]]


ALWAYS = ("00:00", "24:00")
TOPICS = [
    # code, names, hours
    ("general", "综合咨询", "General questions", week(("08:00", "21:00"), ("08:00", "21:00"), ("09:00", "18:00"))),
    ("freeze", "冻结与解锁", "Freeze and unlock", week(ALWAYS, ALWAYS, ALWAYS)),
    (
        "payments",
        "付款、退款与账单",
        "Payments, refunds and bills",
        week(("08:00", "22:00"), ("08:00", "22:00"), ("08:00", "22:00")),
    ),
    ("complaints", "投诉", "Complaints", week(("09:00", "18:00"))),
    ("funds", "理财咨询", "Fund advice", week(("09:00", "17:30"))),
    ("merchants", "商户服务", "Help for shops", week(("08:00", "20:00"), ("09:00", "18:00"), ("09:00", "18:00"))),
]
ENTRIES = [
    # key, channel, value, shown, topic, names, notes
    ("hotline", "phone", "+864005550100", "400-555-0100", "general", "热线", "Hotline", "普通话与英语", "Chinese and English"),
    (
        "hotline-abroad",
        "phone",
        "+862155500100",
        "+86 21 5550 0100",
        "general",
        "境外热线",
        "Hotline from abroad",
        "从中国大陆以外拨打",
        "From outside mainland China",
    ),
    (
        "freeze-line",
        "phone",
        "+862155500199",
        "021-5550 0199",
        "freeze",
        "冻结与解锁专线",
        "Freeze and unlock",
        "24 小时；手机丢了先打这里",
        "24 hours; lost your phone? Call here first",
    ),
    ("website", "web", "https://walletdesk.example", "walletdesk.example", "general", "唯一的网址", "The only address", "", ""),
    (
        "mail",
        "email",
        "service@walletdesk.example",
        "service@walletdesk.example",
        "payments",
        "客服邮箱",
        "E-mail",
        "4 小时内回信",
        "Answer within 4 h",
    ),
    (
        "mail-complaints",
        "email",
        "complaints@walletdesk.example",
        "complaints@walletdesk.example",
        "complaints",
        "投诉邮箱",
        "Complaints by e-mail",
        "当天给您编号和时限",
        "A number and a date the same day",
    ),
    (
        "chat",
        "chat",
        "help/chat",
        "应用内“帮助 › 在线聊天” / Help › Chat",
        "payments",
        "在线聊天",
        "Chat in the app",
        "最快，约 2 分钟",
        "Fastest, about 2 min",
    ),
    (
        "app",
        "app",
        "help",
        "应用内“帮助” / Help",
        "general",
        "应用内帮助",
        "Help in the app",
        "已经知道是哪一笔",
        "Already knows which payment",
    ),
    (
        "wechat",
        "social",
        "wechat:Walletdesk-Service",
        "公众号 Walletdesk-Service",
        "general",
        "微信公众号",
        "WeChat",
        "从不主动加您好友",
        "Never adds you as a friend",
    ),
    (
        "weibo",
        "social",
        "weibo:WalletdeskService",
        "@WalletdeskService",
        "general",
        "微博",
        "Weibo",
        "从不私信要验证码",
        "Never asks for a code by message",
    ),
    ("shops", "phone", "+862155500160", "021-5550 0160", "merchants", "商户热线", "Hotline for shops", "", ""),
    ("funds-line", "phone", "+862155500106", "021-5550 0106", "funds", "理财咨询", "Fund advice", "工作日", "Working days"),
]
HOLIDAYS = [
    # names, first and last day off, days worked to make up
    ("元旦", "New Year", (1, 1), (1, 3), [(1, 4)]),
    ("春节", "Spring Festival", (2, 15), (2, 23), [(2, 14), (2, 28)]),
    ("清明节", "Tomb-Sweeping Day", (4, 4), (4, 6), []),
    ("劳动节", "Labour Day", (5, 1), (5, 5), [(5, 9)]),
    ("端午节", "Dragon Boat Festival", (6, 19), (6, 21), []),
    ("中秋节", "Mid-Autumn Festival", (9, 25), (9, 27), []),
    ("国庆节", "National Day", (10, 1), (10, 7), [(9, 20), (10, 10)]),
]


def dated_days(year=2026):
    for zh, en, first, last, worked in HOLIDAYS:
        day = date(year, *first)
        while day <= date(year, *last):
            yield day, 7, zh, en
            day += timedelta(days=1)
        for month, of_month in worked:
            yield date(year, month, of_month), 8, f"{zh}调休上班", f"Worked for {en}"


def print_first_edition(apps, schema_editor):
    def table(name):
        return apps.get_model("official_contacts", name).objects

    edition = table("Edition").create(
        published_at=PUBLISHED, published_by="system", reason="第 1 版 / first edition", source=SOURCE
    )
    topics = {}
    for place, (code, zh, en, hours) in enumerate(TOPICS):
        topics[code] = table("ContactTopic").create(edition=edition, place=place, code=code, name_zh=zh, name_en=en)
        times = apps.get_model("official_contacts", "OpeningHours")
        times.objects.bulk_create(times(topic=topics[code], day=day, opens=opens, closes=closes) for day, opens, closes in hours)
    for place, (key, channel, value, shown, topic, zh, en, note_zh, note_en) in enumerate(ENTRIES):
        table("ContactEntry").create(
            edition=edition,
            place=place,
            key=key,
            channel=channel,
            value=value,
            shown=shown,
            topic=topics[topic],
            name_zh=zh,
            name_en=en,
            note_zh=note_zh,
            note_en=note_en,
        )
    calendar = apps.get_model("official_contacts", "CalendarDay")
    calendar.objects.bulk_create(
        calendar(edition=edition, date=day, kind=kind, name_zh=zh, name_en=en, source=STATE_COUNCIL)
        for day, kind, zh, en in dated_days()
    )


class Migration(RoomMigration):
    replaces = [
        ("official_contacts", "0001_initial"),
        ("official_contacts", "0002_guards"),
        ("official_contacts", "0003_first_edition"),
    ]
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("published_at", models.DateTimeField(default=now)),
                ("published_by", models.CharField(max_length=100)),
                ("reason", models.CharField(max_length=300)),
                ("source", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=Q(("reason", ""), _negated=True), name="edition_has_a_reason")]
            },
        ),
        migrations.CreateModel(
            name="ContactTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("code", models.SlugField(max_length=40)),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                ("edition", models.ForeignKey(on_delete=models.PROTECT, related_name="topics", to="official_contacts.edition")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("edition", "code"), name="topic_once")]},
        ),
        migrations.CreateModel(
            name="ContactEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("key", models.SlugField(max_length=40)),
                ("channel", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=200)),
                ("shown", models.CharField(max_length=200)),
                ("name_zh", models.CharField(max_length=100)),
                ("name_en", models.CharField(max_length=100)),
                ("note_zh", models.CharField(blank=True, max_length=200)),
                ("note_en", models.CharField(blank=True, max_length=200)),
                ("topic", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="official_contacts.contacttopic")),
                ("edition", models.ForeignKey(on_delete=models.PROTECT, related_name="entries", to="official_contacts.edition")),
            ],
            options={
                "indexes": [models.Index(fields=["channel", "value"], name="ours_by_value")],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "key"), name="entry_once"),
                    models.UniqueConstraint(fields=("edition", "channel", "value"), name="value_once"),
                    models.CheckConstraint(
                        condition=Q(("channel__in", ["phone", "web", "email", "app", "chat", "social"])), name="entry_channel"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField()),
                ("kind", models.PositiveSmallIntegerField()),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                ("source", models.CharField(max_length=300)),
                ("edition", models.ForeignKey(on_delete=models.PROTECT, related_name="days", to="official_contacts.edition")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("date", "edition"), name="day_once"),
                    models.CheckConstraint(condition=Q(("kind__in", [7, 8])), name="holiday_or_make_up"),
                    models.CheckConstraint(condition=Q(("source", ""), _negated=True), name="day_has_a_source"),
                ]
            },
        ),
        migrations.CreateModel(
            name="OpeningHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.PositiveSmallIntegerField()),
                ("opens", models.PositiveSmallIntegerField()),
                ("closes", models.PositiveSmallIntegerField()),
                ("topic", models.ForeignKey(on_delete=models.PROTECT, related_name="hours", to="official_contacts.contacttopic")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "day", "opens"), name="stretch_once"),
                    models.CheckConstraint(condition=Q(("day__lte", 8)), name="one_of_nine_days"),
                    models.CheckConstraint(condition=Q(("closes__lte", 1440), ("opens__lt", F("closes"))), name="stretch_in_a_day"),
                ]
            },
        ),
        sql_files(__file__, "guards"),
        migrations.RunPython(print_first_edition),
    ]
