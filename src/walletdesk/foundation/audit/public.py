"""Writing and reading the list of acts.

record_act("employee:…", "unmask", "customer:…", reason="called about a refund", case_id=…, customer_id=…)
acts_on_customer(customer_id)
verify_chain()                      None, or the number of the first act that is not as it was written
"""

from walletdesk.foundation.audit.queries import ActView, acts_of_case, acts_on_customer, chain_head, verify_chain
from walletdesk.foundation.audit.services.record_act import record_act

__all__ = ["ActView", "acts_of_case", "acts_on_customer", "chain_head", "record_act", "verify_chain"]
