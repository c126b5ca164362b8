package Client;

# What the two client programs, ask and trickle, have in common.
use strict;
use warnings;
use Errno;
use Socket qw(:all);
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);

sub now { return clock_gettime(CLOCK_MONOTONIC) }

# Starts to connect from a fresh port; gives the socket, that port, and an outcome if it failed at once.
sub start {
    my ($protocol, $address, $port) = @_;
    my $type = $protocol eq 'udp' ? SOCK_DGRAM : SOCK_STREAM;
    my ($error, $found) = getaddrinfo($address, $port, { flags => AI_NUMERICHOST, socktype => $type });
    die "$address: $error\n" if $error;
    socket(my $socket, $found->{family}, $type | SOCK_NONBLOCK, 0) or die "socket: $!";
    my $failure = connect($socket, $found->{addr}) || $!{EINPROGRESS} ? undef : outcome($!);
    my (undef, undef, $local) = getnameinfo(getsockname($socket), NI_NUMERICHOST | NI_NUMERICSERV);
    setsockopt($socket, IPPROTO_TCP, TCP_NODELAY, 1) if $type == SOCK_STREAM;
    return ($socket, $local, $failure);
}

# The outcome of a socket's pending error, if it has one.
sub failure {
    my ($socket) = @_;
    my $number = unpack('i', getsockopt($socket, SOL_SOCKET, SO_ERROR));
    return $number ? outcome($number) : undef;
}

sub outcome {
    local $! = $_[0] + 0;
    return 'RESET' if $!{ECONNRESET} || $!{EPIPE};
    return 'REFUSED' if $!{ECONNREFUSED};
    return 'TIMED_OUT' if $!{ETIMEDOUT};
    return 'UNREACHABLE' if $!{EHOSTUNREACH} || $!{ENETUNREACH};
    return 'UNREACHABLE' if $!{EADDRNOTAVAIL};
    die "unexpected error: $!\n";
}

1;
