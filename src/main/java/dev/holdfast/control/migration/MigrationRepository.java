package dev.holdfast.control.migration;

import org.springframework.data.jpa.repository.JpaRepository;

interface MigrationRepository extends JpaRepository<MigrationEntity, Long> {}
