package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lab.Machine;

/// A talk in segments as large as they may be, with a client that no ICMP tells of a smaller way.
final class FullSize {

    private static final int LINES = 20;
    private static final int LINE_LENGTH = 8000;

    private FullSize() {}

    /// Says lines of 8 kB over one connection, and hears each again.
    static void bothWays(Machine client, String vip, int port) {
        client.sh(
                """
                nft -f - <<'RULES'
                table inet deaf {
                  chain input {
                    type filter hook input priority 0
                    ip protocol icmp drop
                    icmpv6 type packet-too-big drop
                  }
                }
                RULES
                """);
        String talk =
                """
                perl -MIO::Socket::IP -e '
                  $s = IO::Socket::IP->new(PeerHost => "%s", PeerPort => %d, Timeout => 20) or die "connect: $@";
                  $SIG{ALRM} = sub { die "no answer to line $said after 60 s\\n" };
                  for $said (1 .. %d) {
                    alarm 60;
                    print $s "x" x %d, "\\n"; $s->flush;
                    $heard += length scalar <$s>;
                  }
                  print $heard'
                """
                        .formatted(vip, port, LINES, LINE_LENGTH);
        assertThat(Long.parseLong(client.sh(talk))).isGreaterThan((long) LINES * LINE_LENGTH);
        client.sh("nft delete table inet deaf");
    }
}
