"""Banks behind ``money.payments.ports.BankGateway``. One so far: the practice bank over HTTP."""
