# What `cmake --install` and `cpack` put where. Manual pages and completions are what the program prints.
include(GNUInstallDirs)
find_program(PYTHON3 python3 HINTS /usr/bin REQUIRED)  # the pages are made by a script
set(packaging ${CMAKE_CURRENT_LIST_DIR})
set(packaged ${CMAKE_BINARY_DIR}/packaging)

# Header-only libraries are in every binary, the others only in a static one.
set(compiled_in libexpected-dev nlohmann-json3-dev libcli11-dev libtomlplusplus-dev)
if(SINGSPIN_STATIC)
  list(APPEND compiled_in libfmt-dev libpugixml-dev libutf8proc-dev libmd-dev libc6 libstdc++6)
endif()

add_custom_command(
  OUTPUT ${packaged}/stamp
  COMMAND ${PYTHON3} ${packaging}/man.py $<TARGET_FILE:singspin> ${packaged}/man1
  COMMAND $<TARGET_FILE:singspin> completions bash > ${packaged}/singspin
  COMMAND $<TARGET_FILE:singspin> completions zsh > ${packaged}/_singspin
  COMMAND $<TARGET_FILE:singspin> completions fish > ${packaged}/singspin.fish
  COMMAND ${PYTHON3} ${packaging}/licences.py ${CMAKE_SOURCE_DIR} ${packaged}/copyright ${compiled_in}
  COMMAND ${CMAKE_COMMAND} -E touch ${packaged}/stamp
  DEPENDS singspin ${packaging}/man.py ${packaging}/licences.py ${CMAKE_SOURCE_DIR}/LICENSE
  VERBATIM)
add_custom_target(packaged_files ALL DEPENDS ${packaged}/stamp)

install(TARGETS singspin RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${packaged}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR})
install(FILES ${packaged}/singspin DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${packaged}/_singspin DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${packaged}/singspin.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
set(documents ${CMAKE_INSTALL_DATADIR}/doc/singspin)
install(FILES ${packaged}/copyright README.md MANUAL.md CHANGELOG.md DESTINATION ${documents})
install(DIRECTORY scripts/action DESTINATION ${CMAKE_INSTALL_DATADIR}/singspin)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME singspin)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "singspin")
set(CPACK_PACKAGE_CONTACT "The singspin authors <authors@singspin.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "proves channel contracts with SPIN and shows what can go wrong")
string(CONCAT CPACK_DEBIAN_PACKAGE_DESCRIPTION "It reads Sing# channel contracts and annotated drivers, verifies them "
  "with the model checker SPIN, and shows a shortest run to every violation.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
# Verifiers are compiled where they run.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "spin, tcc | gcc, libc6-dev")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "gcc")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "graphviz")
find_program(DPKG_SHLIBDEPS dpkg-shlibdeps)
if(DPKG_SHLIBDEPS AND NOT SINGSPIN_STATIC)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
elseif(NOT SINGSPIN_STATIC)  # without dpkg-dev the libraries of Debian 12 by name
  string(APPEND CPACK_DEBIAN_PACKAGE_DEPENDS
    ", libc6 (>= 2.36), libstdc++6 (>= 12), libgcc-s1, libfmt9, libpugixml1v5, libutf8proc2, libmd0")
endif()
include(CPack)
