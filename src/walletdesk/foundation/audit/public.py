"""Writing and reading the list of acts.

record_act("employee:…", "unmask", "customer:…", reason="called about a refund", case_id=…, customer_id=…)
record_acts([Done("system:risk", "delay_transfer", "transfer:…", customer_id=…), …])     by one statement
acts_on_customer(customer_id)
act_on_customer(customer_id, number), acts_of_actor(actor), acts_on_subject(subject), count_acts(actor, verbs, since)
acted_since(actor, verb, subject, customer_id, since) -> bool
search_acts(Wanted(actor=…, verb=…), limit) -> [ActView]        everybody's, for who reads the record
verify_chain()                      None, or the number of the first act that is not as it was written
"""

from walletdesk.foundation.audit.queries import (
    ActView,
    Wanted,
    act_on_customer,
    acted_since,
    acts_of_actor,
    acts_of_case,
    acts_on_customer,
    acts_on_subject,
    chain_head,
    count_acts,
    search_acts,
    verify_chain,
)
from walletdesk.foundation.audit.services.record_act import Done, record_act, record_acts

__all__ = [
    "ActView",
    "Done",
    "Wanted",
    "act_on_customer",
    "acted_since",
    "acts_of_actor",
    "acts_of_case",
    "acts_on_customer",
    "acts_on_subject",
    "chain_head",
    "count_acts",
    "record_act",
    "record_acts",
    "search_acts",
    "verify_chain",
]
