"""Where secrets live: the environment, the keyring of the system, or one encrypted file. Asked in this order.

Names of secrets stand in ``loa.yaml`` and may be told; values leave this room only towards a horn. No value is ever in
a printed form, a message or a file in the clear.
"""

from loa.secrets.keeper import Kept, Secrets
from loa.secrets.passphrase import hidden_line
from loa.secrets.places import Place, secret_variable

__all__ = ["Kept", "Place", "Secrets", "hidden_line", "secret_variable"]
