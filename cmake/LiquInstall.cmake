# Where everything lies on a machine: `cmake --install`. No program knows a path; each is named to it on the
# command line, by the unit that is configured here.
set(CMAKE_INSTALL_DOCDIR share/doc/liqu CACHE PATH "Where what is to be read goes")
include(GNUInstallDirs)
set(LIQU_CONFIG_DIR ${CMAKE_INSTALL_FULL_SYSCONFDIR}/liqu)
set(LIQU_SHARE_DIR ${CMAKE_INSTALL_FULL_DATADIR}/liqu)
set(LIQU_DATA_DIR /var/lib/liqu)                 # systemd's StateDirectory, whatever the prefix
set(LIQU_SYSTEM_DIR ${CMAKE_INSTALL_PREFIX}/lib)  # where udev, systemd and the kernel's tools look
set(config ${CMAKE_SOURCE_DIR}/kiosk-config)

install(TARGETS liqu liqu-pictures liqu-voice liqu-witness liqu-words RUNTIME)

# What a province or a branch may change. kiosk.toml is the machine's own: an example to start from lies beside.
install(DIRECTORY ${config}/card-faces ${config}/chip-profiles ${config}/fonts ${config}/forms ${config}/holidays ${config}/legacy
                  ${config}/pictures ${config}/pins ${config}/printers ${config}/regions ${config}/speech ${config}/strings
        DESTINATION ${LIQU_CONFIG_DIR}
        # Of the tests: what each word claims, and what the field does not say.
        PATTERN truth.toml EXCLUDE PATTERN glossary.toml EXCLUDE)
install(FILES ${config}/theme.toml DESTINATION ${LIQU_CONFIG_DIR})
install(FILES ${config}/kiosk.toml ${config}/service/xorg.conf DESTINATION ${LIQU_SHARE_DIR})

install(FILES ${config}/udev/70-liqu.rules DESTINATION ${LIQU_SYSTEM_DIR}/udev/rules.d)
install(FILES ${config}/polkit/50-liqu.rules DESTINATION ${CMAKE_INSTALL_DATADIR}/polkit-1/rules.d)
install(FILES ${config}/service/liqu.modprobe DESTINATION ${LIQU_SYSTEM_DIR}/modprobe.d RENAME liqu.conf)
install(FILES ${config}/service/liqu.sysctl DESTINATION ${LIQU_SYSTEM_DIR}/sysctl.d RENAME 60-liqu.conf)
foreach(unit liqu.service liqu-display.service)
    configure_file(${config}/service/${unit}.in ${CMAKE_BINARY_DIR}/service/${unit} @ONLY)
    install(FILES ${CMAKE_BINARY_DIR}/service/${unit} DESTINATION ${LIQU_SYSTEM_DIR}/systemd/system)
endforeach()
foreach(kind sysusers tmpfiles)
    configure_file(${config}/service/liqu.${kind}.in ${CMAKE_BINARY_DIR}/service/${kind}.conf @ONLY)
    install(FILES ${CMAKE_BINARY_DIR}/service/${kind}.conf DESTINATION ${LIQU_SYSTEM_DIR}/${kind}.d
            RENAME liqu.conf)
endforeach()

install(FILES docs/deployment.md ${config}/rules.csv DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${config}/service/examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES docs/man/liqu.1 docs/man/liqu-pictures.1 docs/man/liqu-voice.1 docs/man/liqu-witness.1 docs/man/liqu-words.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES docs/man/kiosk.toml.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES scripts/parts/completion.bash
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME liqu)
