package dev.holdfast.control.observed;

import dev.holdfast.control.access.AgentRole;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.Report;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Takes what agents say of their machines.
@RestController
@RequestMapping("/agent/v1/sites/{site}")
class ReportController {

    private final Reports reports;

    ReportController(Reports reports) {
        this.reports = reports;
    }

    @PostMapping("/nodes/{node}/report")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void node(@PathVariable Name site, @PathVariable Name node, @RequestBody Report report) {
        reports.store(site.text(), AgentRole.NODE, node.text(), report);
    }

    @PostMapping("/hosts/{host}/report")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void host(@PathVariable Name site, @PathVariable Name host, @RequestBody Report report) {
        reports.store(site.text(), AgentRole.HOST, host.text(), report);
    }
}
