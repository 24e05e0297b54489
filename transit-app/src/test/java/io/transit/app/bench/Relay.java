package io.transit.app.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What passes files on.
 *
 * @param name what the table calls it
 * @param services the processes that it consists of
 */
record Relay(String name, Route route, List<Service> services) {
    /** Returns the CPU time that its processes have used, in seconds, by their names. */
    Map<String, Double> cpuSeconds() {
        Map<String, Double> all = new LinkedHashMap<>();
        services.forEach(service -> all.put(service.name(), service.cpuSeconds()));
        return all;
    }

    long residentBytes() {
        return services.stream().mapToLong(Service::residentBytes).sum();
    }
}
