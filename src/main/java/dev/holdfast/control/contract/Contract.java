package dev.holdfast.control.contract;

import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.Digest;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The frame of the document, and how types that are not plain objects are shown in it.
@Configuration(proxyBeanMethods = false)
class Contract {

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(WriteConditions.class, Page.class)
                .replaceWithSchema(Name.class, new StringSchema().pattern("^[a-z0-9-]{1,63}$"))
                .replaceWithSchema(
                        IpAddress.class,
                        new StringSchema()
                                .description("192.0.2.1 or 2001:db8::1, in its canonical spelling"))
                .replaceWithSchema(
                        Prefix.class,
                        new StringSchema()
                                .description("198.51.100.0/24 or 2001:db8::/64, host bits zero"))
                .replaceWithSchema(Digest.class, new StringSchema().pattern("^[0-9a-f]{32}$"));
    }

    @Bean
    OpenAPI document() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Holdfast")
                                .version("v1")
                                .license(new License().name("Apache-2.0"))
                                .description(
                                        """
                                        Stateless layer-4 load balancers of stock Linux.

                                        PUT creates or replaces and may be repeated: a write that \
                                        changes nothing makes no revision. What a GET shows can be \
                                        PUT back. Every write answers with its revision as ETag.
                                        To try it: Authorize with the admin token, then PUT in this \
                                        order: site, node, host, VIP, service, backend.\
                                        """))
                .servers(List.of(new Server().url("/")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        "bearer",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")
                                                .description(
                                                        "The admin's token; on /agent/v1 that of"
                                                                + " the node or host")))
                .addSecurityItem(new SecurityRequirement().addList("bearer"));
    }
}
