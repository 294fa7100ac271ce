"""Tasks and timers. A room declares them in its ``tasks.py``:

@task("notifications.send_mail")
def send_mail(notice_id: str) -> None: …            enqueue("notifications.send_mail", notice_id=notice.id)

@every(seconds=5, name="payments.settle_top_ups")
def settle_top_ups() -> None: …                     run_due_timers() does what has come round, without a worker
"""

from walletdesk.foundation.jobs.declared import declare_all, every, forget_timer, task
from walletdesk.foundation.jobs.queries import TimerView, timers
from walletdesk.foundation.jobs.services.enqueue_task import enqueue
from walletdesk.foundation.jobs.services.run_due_timers import run_due_timers
from walletdesk.foundation.jobs.services.work_on_tasks import run_waiting_tasks, work_on_tasks

__all__ = [
    "TimerView",
    "declare_all",
    "enqueue",
    "every",
    "forget_timer",
    "run_due_timers",
    "run_waiting_tasks",
    "task",
    "timers",
    "work_on_tasks",
]
