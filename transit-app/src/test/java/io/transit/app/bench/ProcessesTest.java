package io.transit.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessesTest {
    @Test
    void all_four_times_count_whatever_the_name_is() {
        String stat = "42 (a) b (c)) S 1 42 42 0 -1 4194560 120 7 0 0 150 25 200 5 20 0 3 0 99 1234 56";
        assertThat(Processes.cpuSeconds(stat)).isEqualTo(3.8);
    }

    @Test
    void resident_memory_is_in_kibibytes() {
        assertThat(Processes.residentBytes("Name:\tjava\nVmPeak:\t  99 kB\nVmRSS:\t   1024 kB\nThreads:\t3\n"))
                .isEqualTo(1 << 20);
    }

    @Test
    void who_has_ended_uses_nothing() {
        assertThat(Processes.cpuSeconds("")).isZero();
        assertThat(Processes.residentBytes("")).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void this_process_has_used_something() {
        assertThat(Processes.cpuSeconds(ProcessHandle.current())).isPositive();
        assertThat(Processes.residentBytes(ProcessHandle.current())).isGreaterThan(1 << 20);
    }
}
