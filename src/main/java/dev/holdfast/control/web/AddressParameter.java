package dev.holdfast.control.web;

import dev.holdfast.wire.IpAddress;
import org.springframework.core.convert.converter.Converter;

/// Reads an address in a query.
class AddressParameter implements Converter<String, IpAddress> {

    @Override
    public IpAddress convert(String text) {
        return IpAddress.parse(text);
    }
}
