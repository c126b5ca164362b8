package dev.holdfast.control.access;

import java.util.List;
import java.util.Objects;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/// Lets a person in who shows the admin's token in place of a password.
///
/// An agent's token, though it is valid, belongs to no person.
@Component
public class PersonLogin implements AuthenticationProvider {

    private final AdminToken admin;

    PersonLogin(AdminToken admin) {
        this.admin = admin;
    }

    /// @throws BadCredentialsException when it is not the admin's token
    @Override
    public Authentication authenticate(Authentication attempt) {
        String token = Objects.toString(attempt.getCredentials(), "").trim();
        if (!admin.is(token)) {
            throw new BadCredentialsException("another token (expected: the admin's)");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                "admin", null, List.of(new SimpleGrantedAuthority(Bearers.ADMIN)));
    }

    @Override
    public boolean supports(Class<?> attempt) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
    }
}
