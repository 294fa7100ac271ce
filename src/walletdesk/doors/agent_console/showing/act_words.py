"""The acts of ``trust/staff/rules.py`` in words, for the table of roles. A new act reads as its name until it has some."""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words

ACT_WORDS = {
    "work_cases": Words("处理案件", "Work cases"),
    "see_cases": Words("看案件", "See cases"),
    "reassign": Words("改派案件", "Reassign cases"),
    "close_case": Words("结案", "Close cases"),
    "look_up_customer": Words("打开客户资料", "Open a customer"),
    "unmask": Words("看遮住的字段", "Uncover a field"),
    "ask_verification": Words("请客户确认身份", "Ask a customer to confirm"),
    "propose_refund": Words("提议退款", "Propose a refund"),
    "decide_refund": Words("批准退款", "Decide a refund"),
    "see_approvals": Words("看审批", "See approvals"),
    "start_reset": Words("为客户开始重设", "Start a reset for a customer"),
    "review_documents": Words("审证件", "Review documents"),
    "lock_account": Words("锁客户账户", "Lock an account"),
    "freeze_wallet": Words("冻结钱包", "Freeze a wallet"),
    "unfreeze_wallet": Words("解冻钱包", "Lift a freeze"),
    "see_risk_flags": Words("看风控", "See risk"),
    "edit_rules": Words("改风控规则", "Edit risk rules"),
    "publish_rules": Words("发布风控规则", "Publish risk rules"),
    "see_books": Words("看账目", "See the books"),
    "see_audit": Words("看操作记录", "See the acts of all"),
    "see_wall": Words("看大屏", "See the wall"),
    "plan_staffing": Words("排人力", "Plan staffing"),
    "listen_to_calls": Words("听通话", "Listen to calls"),
    "see_menu": Words("看语音菜单", "See the menu"),
    "edit_menu": Words("改语音菜单", "Edit the menu"),
    "publish_contacts": Words("发布官方联系方式", "Publish contacts"),
    "edit_prompts": Words("改提示音", "Edit prompts"),
    "employ_staff": Words("录用、改岗位、给登记码", "Employ, change posts, hand over passes"),
    "see_staff": Words("看员工", "See staff"),
    "plan_shifts": Words("排班", "Plan shifts"),
    "recover_staff": Words("员工找回，两人", "Staff recovery, by two"),
    "break_glass": Words("没有案件，紧急打开账户", "Open an account in an emergency"),
    "see_oversight": Words("看监督", "See oversight"),
    "answer_alarms": Words("处理警报", "Answer alarms"),
    "look_third": Words("第三人抽查", "Third looks"),
    "place_canaries": Words("放诱饵账户", "Place canaries"),
    "set_profiles": Words("改配置数字", "Set figures"),
}


def words_of(act: str) -> Words:
    return ACT_WORDS.get(act, Words(act, act))
