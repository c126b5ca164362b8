package dev.holdfast.control.database;

import dev.holdfast.wire.IpAddress;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Stores every [IpAddress] of an entity as PostgreSQL's `inet`.
@Converter(autoApply = true)
class AddressColumn implements AttributeConverter<IpAddress, InetAddress> {

    @Override
    public @Nullable InetAddress convertToDatabaseColumn(@Nullable IpAddress address) {
        return address == null ? null : address.toInetAddress();
    }

    @Override
    public @Nullable IpAddress convertToEntityAttribute(@Nullable InetAddress address) {
        return address == null ? null : IpAddress.of(address);
    }
}
