# Eduy Blenil
who = { $n } Edwy Plenel
    and
