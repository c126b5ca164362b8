package dev.holdfast.control.migration;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.service.KnownService;
import dev.holdfast.control.service.ServiceCompanions;
import dev.holdfast.control.site.MachineAddresses;
import dev.holdfast.control.site.SiteChange;
import dev.holdfast.control.site.SiteTenants;
import dev.holdfast.wire.IpAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Speaks for the migrations when what they stand on changes: their service, their site.
@Component
class MigrationsOfSite implements ServiceCompanions, SiteTenants {

    private final Migrations migrations;
    private final JdbcClient jdbc;

    /// @param migrations comes late: it knows the services that this one is told of
    MigrationsOfSite(@Lazy Migrations migrations, JdbcClient jdbc) {
        this.migrations = migrations;
        this.jdbc = jdbc;
    }

    @Override
    public void tableChanges(Edit edit, KnownService service) {
        migrations.hold(edit, service);
    }

    @Override
    public void vipTaken(Edit edit, KnownService service, @Nullable Long fromVip) {
        migrations.vipTaken(edit, service, fromVip);
    }

    @Override
    public void serviceGoes(Edit edit, KnownService service) {
        migrations.end(edit, service);
    }

    /// Nothing that the services do not say themselves.
    @Override
    public Optional<String> uses(long siteId) {
        return Optional.empty();
    }

    @Override
    public void siteChanges(SiteChange change) {
        Map<String, IpAddress> old =
                jdbc
                        .sql(
                                """
                                select distinct one ->> 'address' as address
                                from migration, jsonb_array_elements(legacy) one
                                where site_id = :site
                                """)
                        .param("site", change.edit().siteId())
                        .query((row, _) ->
                                IpAddress.parse(Objects.requireNonNull(row.getString("address"))))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(IpAddress::toString, Function.identity()));
        MachineAddresses.refuseIfSwallowed(change.after(), "old load balancer", old);
    }

    @Override
    public Optional<String> holder(long siteId, IpAddress address) {
        return jdbc.sql(
                        """
                        select 1 from migration
                        where site_id = :site
                          and legacy @> jsonb_build_array(jsonb_build_object('address', :address))
                        limit 1
                        """)
                .param("site", siteId)
                .param("address", address.toString())
                .query(Integer.class)
                .optional()
                .map(_ -> OldLoadBalancers.called(address));
    }
}
