package Epoll;

# epoll(7) for many sockets in one small process; perl itself offers only select and poll.
use strict;
use warnings;
use constant {
    WAIT => 232, CTL => 233, CREATE => 291,    # system calls of x86_64
    ADD => 1, DELETE => 2, CHANGE => 3, READABLE => 1, WRITABLE => 4,
};

sub new {
    my $handle = syscall(CREATE, 0);
    die "epoll: $!" if $handle < 0;
    return bless { handle => $handle, sockets => {} }, shift;
}

sub add {
    my ($self, $socket, $events, $value) = @_;
    my $event = pack('L Q', $events, fileno($socket));
    syscall(CTL, $self->{handle}, ADD, fileno($socket), $event) == 0 or die "epoll: $!";
    $self->{sockets}{ fileno($socket) } = $value;
}

sub change {
    my ($self, $socket, $events) = @_;
    my $event = pack('L Q', $events, fileno($socket));
    syscall(CTL, $self->{handle}, CHANGE, fileno($socket), $event) == 0 or die "epoll: $!";
}

# To be called before the socket is closed.
sub remove {
    my ($self, $socket) = @_;
    delete $self->{sockets}{ fileno($socket) };
    my $event = pack('L Q', 0, fileno($socket));
    syscall(CTL, $self->{handle}, DELETE, fileno($socket), $event) == 0 or die "epoll: $!";
}

# The values of the sockets that are ready, after at most so many seconds.
sub ready {
    my ($self, $seconds) = @_;
    my $buffer = "\0" x (12 * 128);
    my $count = syscall(WAIT, $self->{handle}, $buffer, 128, int($seconds * 1000 + 0.999));
    my @ready;
    for my $number (0 .. $count - 1) {
        my (undef, $descriptor) = unpack('L Q', substr($buffer, 12 * $number, 12));
        my $value = $self->{sockets}{$descriptor};
        push @ready, $value if defined $value;
    }
    return @ready;
}

1;
